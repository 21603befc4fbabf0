/** Whose review the two squares of a file show, in order. */
export interface SquarePeople {
  readonly first: string | null;
  readonly second: string | null;
}

/** Two squares: reviewed by the first person, by the second. Hollow: not. */
export function Squares({
  reviewers,
  people,
}: {
  readonly reviewers: readonly string[];
  readonly people: SquarePeople;
}) {
  const names = [people.first, people.second];
  const words = reviewers.length === 0 ? 'not reviewed' : `reviewed by ${reviewers.join(' and ')}`;
  return (
    <span className="squares" title={words}>
      <span className="unseen">{words}</span>
      {names.map((name, i) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: first and second is what they are
          key={i}
          aria-hidden="true"
          className={`square square-${i}${name !== null && reviewers.includes(name) ? ' square-full' : ''}`}
        />
      ))}
    </span>
  );
}
