import type * as Monaco from 'monaco-editor';

/** Names of our themes. */
export const THEMES = { light: 'assay-light', dark: 'assay-dark' } as const;

/** Monaco's tokens by our tokens: weight, one blue, one violet, grey remarks. */
const RULES: readonly (readonly [token: string, colour: string, fontStyle?: string])[] = [
  ['', '--as-text'],
  ['comment', '--c-comment'],
  ['mnemonic', '--c-mnem'],
  ['label', '--c-label'],
  ['variable', '--c-label'],
  ['string', '--c-str'],
  ['hex', '--as-text'],
  ['number', '--as-text'],
  ['keyword', '--as-text', 'bold'],
  ['keyword.directive', '--c-mnem', ''],
  ['invalid', '--v-differs', 'underline'],
];

/** Monaco's surfaces by our tokens. */
const COLOURS: Readonly<Record<string, string>> = {
  'editor.background': '--as-surface',
  'editor.foreground': '--as-text',
  'editorLineNumber.foreground': '--as-text-3',
  'editorLineNumber.activeForeground': '--as-text',
  'editor.lineHighlightBackground': '--as-hover',
  'editor.lineHighlightBorder': '--as-hover',
  'editor.selectionBackground': '--as-accent-line',
  'editor.inactiveSelectionBackground': '--as-accent-tint',
  'editor.findMatchBackground': '--a-question-t',
  'editor.findMatchHighlightBackground': '--a-question-t',
  'editor.findMatchBorder': '--a-question',
  'editor.wordHighlightBackground': '--as-hover',
  'editorCursor.foreground': '--as-accent',
  'editorWidget.background': '--as-raise',
  'editorWidget.foreground': '--as-text',
  'editorWidget.border': '--as-line-2',
  'editorHoverWidget.background': '--as-raise',
  'editorHoverWidget.border': '--as-line-2',
  'input.background': '--as-surface',
  'input.foreground': '--as-text',
  'input.border': '--as-edge',
  'quickInput.background': '--as-raise',
  'quickInput.foreground': '--as-text',
  'editorUnicodeHighlight.border': '--v-differs',
  'editorUnicodeHighlight.background': '--v-differs-t',
  'scrollbarSlider.background': '--as-line-2',
  'scrollbarSlider.hoverBackground': '--as-edge',
  'scrollbarSlider.activeBackground': '--as-edge',
  'scrollbar.shadow': '--as-line',
  focusBorder: '--as-focus',
};

/** Makes both themes from the page's tokens; they follow them, so that no colour stands here. */
export function defineThemes(monaco: Pick<typeof Monaco, 'editor'>): void {
  for (const [kind, name] of Object.entries(THEMES)) {
    const colour = readTokens(kind === 'dark');
    monaco.editor.defineTheme(name, {
      base: kind === 'dark' ? 'vs-dark' : 'vs',
      inherit: false,
      rules: RULES.map(([token, value, fontStyle]) => ({
        token,
        foreground: colour(value).slice(1),
        ...(fontStyle !== undefined && { fontStyle }),
      })),
      colors: Object.fromEntries(Object.entries(COLOURS).map(([key, value]) => [key, colour(value)])),
    });
  }
}

/** The value of a token in one theme, whichever is shown now, as `#rrggbb`. */
function readTokens(dark: boolean): (token: string) => string {
  const probe = document.createElement('div');
  probe.className = dark ? 'bp6-dark' : '';
  (dark ? document.body : document.documentElement).append(probe);
  const context = document.createElement('canvas').getContext('2d');
  return token => {
    const style = getComputedStyle(dark ? probe : document.documentElement);
    if (!context) return '#808080';
    context.fillStyle = style.getPropertyValue(token).trim();
    return String(context.fillStyle);
  };
}
