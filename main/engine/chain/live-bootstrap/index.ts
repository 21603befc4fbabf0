/** The plan reader for live-bootstrap trees. */
export { type LiveBootstrap, liveBootstrapPins, readLiveBootstrap } from './reader.ts';
