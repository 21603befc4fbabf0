import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Report } from '../../../../main/engine/report/model.ts';
import { PARTS, renderPage } from '../../../../main/engine/report/page/index.ts';
import { parsePublicKeyLine, signatureName } from '../../../../main/engine/report/seal/index.ts';
import { all, type Element, hasClass, one, parsePage, textOf } from './parse.ts';
import {
  countsOf,
  finding,
  hostileReport,
  largeReport,
  signer,
  smallReport,
  stoppedReport,
} from './samples.ts';

const tagged = (tag: string) => (element: Element) => element.tag === tag;
const page = (report: Report, draft = false) => parsePage(renderPage(report, { draft }));
/** The text of the page with blanks made one. */
const words = (element: Element) => textOf(element).replace(/\s+/g, ' ');

const samples: [string, () => Report][] = [
  ['reproduced', smallReport],
  ['stopped', stoppedReport],
  ['hostile', hostileReport],
  ['large', () => largeReport(400, 170)],
];

for (const [name, make] of samples) {
  test(`${name}: one file with no script and nothing from outside`, () => {
    const root = page(make());
    for (const element of all(root, () => true)) {
      assert.doesNotMatch(element.tag, /^(?:script|iframe|object|embed|link|base|form|img|image)$/);
      for (const [attribute, value] of element.attributes) {
        assert.doesNotMatch(attribute, /^(?:on|src|style|action|xlink)/);
        if (attribute === 'href') assert.match(value, /^#/);
      }
    }
    const style = one(root, tagged('style')).children.join('');
    assert.doesNotMatch(style, /@import|</);
    for (const [, target] of style.matchAll(/url\(([^)]{0,30})/g))
      assert.match(target ?? '', /^data:font\/woff2;base64,/);
    const [policy] = all(root, element => element.attributes.has('http-equiv'));
    assert.equal(
      policy?.attributes.get('content'),
      "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:",
    );
  });

  test(`${name}: every link and sign leads to something on the page`, () => {
    const root = page(make());
    const ids = all(root, element => element.attributes.has('id')).map(element =>
      element.attributes.get('id'),
    );
    assert.equal(new Set(ids).size, ids.length, 'an id stands twice');
    for (const element of all(root, element => element.attributes.has('href'))) {
      assert.ok(ids.includes(element.attributes.get('href')?.slice(1)), element.attributes.get('href'));
    }
  });

  test(`${name}: every hash of the evidence is there, complete`, () => {
    const report = make();
    const shown = all(page(report), hasClass('h')).map(textOf);
    const { artifacts, seeds, machine, assay, bundle, kit, log, pinned, extra } = report;
    const hashes = [
      ...artifacts.flatMap(artifact => [artifact.sha256, ...artifact.expectations.map(e => e.sha256)]),
      ...seeds.flatMap(seed => [seed.seed.sha256, seed.expected.sha256, seed.source?.sha256]),
      ...[machine.runtime, machine.observer, machine.node, machine.assay, assay].map(tool => tool?.sha256),
      ...[...pinned.flatMap(pin => [pin.sha256, pin.found]), ...extra.map(file => file.sha256)],
      ...[bundle.bundle.sha256, kit.description.sha256, log.root],
    ].filter(hash => hash != null);
    assert.deepEqual(new Set(shown), new Set(hashes));
  });
}

/** Tags and classes below an element, without what tells one mark from another. */
function skeleton(element: Element): unknown[] {
  const inner = element.children.filter(child => typeof child === 'object');
  const name = element.attributes.get('class')?.replace(/s-[a-z-]+/, 's');
  return [element.tag, name, ...inner.map(skeleton)];
}

test('proved and not proved have the same form', () => {
  const statement = (mark: 'reproduced' | 'not-run') => ({ mark, text: 'Something', evidence: 'E-01' });
  const report = smallReport({ proved: [statement('reproduced')], notProved: [statement('not-run')] });
  const [proved, notProved, ...rest] = one(page(report), hasClass('pn')).children.filter(
    c => typeof c === 'object',
  );
  assert.ok(proved && notProved);
  assert.deepEqual(rest, []);
  assert.deepEqual(skeleton(proved), skeleton(notProved));
  assert.match(words(proved), /^ ?What was proved Something proved ?E-01/);
  assert.match(words(notProved), /^ ?What was not proved Something not proved ?E-01/);
});

test('an empty list is not hidden', () => {
  const lists = one(page(smallReport({ proved: [], notProved: [] })), hasClass('pn'));
  assert.match(words(lists), /What was proved ?Nothing\..*What was not proved ?Nothing\./);
});

test('all six counts stand there, zeros too; no expectation is words and no verdict', () => {
  const root = page(smallReport({ artifacts: [], counts: countsOf([]) }));
  const cells = one(root, hasClass('sum')).children.filter(child => typeof child === 'object');
  assert.deepEqual(
    cells.map(cell => textOf(cell)),
    ['0reproduced', '0differs', '0waived', '0missing', '0unexpected', '0not run'],
  );
  assert.match(words(root), /0 with no expectation/);
  const rows = all(page(smallReport()), tagged('tr')).filter(row => /no expectation/.test(textOf(row)));
  assert.equal(rows.length, 3);
  for (const row of rows) assert.deepEqual(all(row, hasClass('s-reproduced')), []);
});

test('each verdict has its own mark and word in its row, with published hash and waiver', () => {
  const rows = all(page(stoppedReport()), tagged('tr')).map(words);
  const row = (path: string) => rows.find(text => text.startsWith(path)) ?? '';
  assert.match(row('bin/asm'), /published by kit.toml line 200: [0-9a-f]{64}differs/);
  assert.match(row('bin/hex2'), /waived by Ines Marković, event 31: known date inside ?waived/);
  assert.match(row('bin/wrap'), /not there.*missing/);
  assert.match(row('bin/sha256sum'), /unexpected/);
  assert.match(row('bin/untar'), /not run/);
  const failed = rows.find(text => text.includes('tmp/untar.hex2') && text.includes('failed'));
  assert.match(failed ?? '', /ended by SIGSEGV/);
});

test('a verdict that is not reproduced never has the disc', () => {
  const sign = (report: Report) => one(page(report), hasClass('big')).attributes.get('class');
  assert.equal(sign(smallReport()), 'big s-reproduced');
  assert.equal(sign(stoppedReport()), 'big s-differs');
  assert.equal(sign(smallReport({ verdict: 'not-reproduced' })), 'big s-blocks');
});

test('hostile text is on the page as text, with codes, and nowhere as it was', () => {
  const markup = renderPage(hostileReport());
  assert.doesNotMatch(markup, /[\u202e\u200b\u001b\0\u{e0041}]/u);
  assert.doesNotMatch(markup, /<script|<img|onerror="/);
  const root = parsePage(markup);
  const boxes = new Set(all(root, hasClass('cc')).map(textOf));
  for (const code of ['U+202E', 'U+200B', 'ESC', '00', 'U+E0041', 'SP']) assert.ok(boxes.has(code), code);
  assert.match(textOf(one(root, tagged('h1'))), /^Bootstrap audit report$/);
  const title = all(root, tagged('title'))[0];
  assert.match(title ? textOf(title) : '', /^Audit report, case ⟦U\+202E⟧<\/style>/);
});

test('every artifact and finding of a large report has its row', () => {
  const report = largeReport(400, 12);
  const root = page(report);
  const text = textOf(root);
  for (const artifact of report.artifacts) assert.ok(text.includes(artifact.path));
  assert.equal(all(root, element => /^f-\d+$/.test(element.attributes.get('id') ?? '')).length, 120);
  assert.equal(all(root, element => /^step-\d+$/.test(element.attributes.get('id') ?? '')).length, 400);
});

test('references lead to the exhibit, finding and part that they name, and exhibits name their file', () => {
  const report = smallReport({
    findings: [finding(1)],
    notProved: [{ mark: 'differs', text: 'x', evidence: 'F-01, E-02, Part 5, E-99' }],
  });
  const root = page(report);
  const links = all(one(root, hasClass('pn')), tagged('a')).map(link => link.attributes.get('href'));
  assert.deepEqual(links.slice(-3), ['#f-01', '#e-02', '#part-5']);
  const exhibit = all(root, tagged('tr')).find(row => words(row).startsWith('E-02'));
  assert.match(exhibit ? textOf(exhibit) : '', /evidence\/artifacts\.json/);
  const heads = all(root, tagged('h2')).map(textOf);
  for (const { number, title } of Object.values(PARTS)) assert.ok(heads.includes(`${number}${title}`));
});

test('headings follow one another without a gap, and every table has heads with a scope', () => {
  const root = page(stoppedReport());
  const levels = all(root, element => /^h[1-6]$/.test(element.tag)).map(element => Number(element.tag[1]));
  assert.equal(levels[0], 1);
  for (const [i, level] of levels.entries()) assert.ok(i === 0 || level - (levels[i - 1] ?? 0) <= 1);
  for (const head of all(root, tagged('th'))) assert.ok(head.attributes.has('scope'));
  assert.equal(one(root, tagged('html')).attributes.get('lang'), 'en');
});

test('the commands check each signature under the name that sealing gives it', () => {
  const person = signer("o'neill", 'reviewer');
  const root = page(smallReport({ signers: [signer('ines', 'auditor'), person] }));
  const commands = all(root, tagged('pre')).map(textOf);
  const name = signatureName('reviewer', parsePublicKeyLine(person.publicKey));
  assert.equal(commands.length, 3);
  assert.equal(commands[0], 'sha256sum -c SHA256SUMS');
  assert.equal(
    commands[2],
    `ssh-keygen -Y verify -f allowed_signers -I 'o'\\''neill' -n assay-report -s ${name} < SHA256SUMS`,
  );
  assert.match(words(root), /from the person, by a way you trust and not from this report/);
});

test('a demonstration key is called one above everything and on its signature', () => {
  const root = page(smallReport({ signers: [signer('demo', 'auditor', true), signer('ines', 'reviewer')] }));
  assert.match(
    textOf(one(root, hasClass('notice'))),
    /^1 of 2 signatures is by a demonstration key, which belongs to nobody/,
  );
  assert.match(textOf(one(root, hasClass('demo'))), /^demonstration key, belongs to nobody/);
});

test('without signers the page says so, and offers no signature to check', () => {
  const root = page(smallReport({ signers: [] }));
  assert.match(textOf(one(root, hasClass('notice'))), /^Not signed/);
  assert.match(words(root), /Nobody has signed this report\./);
  assert.equal(all(root, tagged('pre')).length, 1);
});

test('a draft says so in its first line and on every sheet', () => {
  const draft = page(smallReport(), true);
  assert.match(words(one(draft, tagged('main'))), /^ ?Draft\. Not sealed/);
  assert.match(one(draft, tagged('style')).children.join(''), /content:"DRAFT, not sealed, not signed"/);
  assert.doesNotMatch(renderPage(smallReport()), /DRAFT|Draft/);
});

test('a seed that nobody reviewed is said to be so; one half reviewed is not called done', () => {
  const review = (explainedBytes: number) =>
    words(
      page(
        smallReport({
          seedReview: { bytes: 229, explainedBytes, byTwoBytes: 7, byTwoBlindBytes: 0, reviewers: ['Ines'] },
        }),
      ),
    );
  assert.match(review(0), /Review ?seed not reviewed by a person: 0 of 229 bytes explained/);
  assert.match(review(100), /Review ?not finished: 100 of 229 bytes explained, 7 by two people/);
  assert.match(review(229), /Review ?every byte explained: 229 of 229/);
});

test('a report signed as not proved says so under its verdict, with what stood in the way', () => {
  const blockers = [{ code: 'seed.unexplained', text: '3 bytes of x', place: 'seed' as const, items: [] }];
  const signers = smallReport().signers.map(signer => ({ ...signer, as: 'not-proved' as const, open: 1 }));
  const report = smallReport({ blockers, signers });
  assert.match(words(page(report)), /signed as not proved ?: 1 thing stood in the way, see ?Part 8/);
  assert.doesNotMatch(renderPage(report), /class="cc"/);
  assert.doesNotMatch(words(page(smallReport())), /signed as not proved/);
});

test('the seed is printed byte by byte, each once, with what people said beside it', () => {
  const seed = {
    name: 'seed',
    sha256: '0'.repeat(64),
    size: 20,
    hex: Buffer.from('0123456789abcdefghij').toString('hex'),
    explained: 4,
    byTwo: 0,
    byTwoBlind: 0,
    blind: [],
    imports: [],
    reviewers: [{ name: 'Jon', bytes: 4 }],
    annotations: [
      {
        id: '0123456789ab',
        ranges: [{ offset: 2, length: 4 }],
        kind: 'explained' as const,
        label: 'numbers',
        note: '',
        group: null,
        by: 'Jon',
        at: smallReport().sealedAt,
        event: 9,
        origin: null,
        resolution: null,
      },
    ],
  };
  const text = words(page(smallReport({ seedReviews: [seed] }))).replace(/\s+/g, ' ');
  const rows =
    /0000 ?30 31 ?01.*?0002 ?32 33 34 35 ?2345.*?explained:.*?numbers.*?Jon, event 9.*?0006 ?36 37 38 39 61 62 63 64 65 66 67 68 69 6a/;
  assert.match(text, rows);
  assert.equal(text.match(/nobody explained this/g)?.length, 2);
});

test('the same report gives the same bytes', () => {
  const report = stoppedReport();
  const copy = JSON.parse(JSON.stringify(report)) as Report;
  assert.equal(renderPage(report), renderPage(copy));
});

test('only the parts of the fonts that the text needs are inside', () => {
  const fonts = (title: string) => {
    const report = smallReport({ trustedBase: [title], custody: [] });
    return renderPage(report).match(/@font-face/g)?.length;
  };
  const plain = fonts('plain');
  assert.equal(plain, 3);
  assert.equal(fonts('Δ'), plain + 3);
});
