import * as monaco from 'monaco-editor/editor';
import 'monaco-editor/features/clipboard/register';
import 'monaco-editor/features/codeEditor/register';
import 'monaco-editor/features/codicon/register';
import 'monaco-editor/features/find/register';
import 'monaco-editor/features/gotoLine/register';
import 'monaco-editor/features/hover/register';
import 'monaco-editor/features/longLinesHelper/register';
import 'monaco-editor/features/tokenization/register';
import 'monaco-editor/features/unicodeHighlighter/register';
import 'monaco-editor/features/wordHighlighter/register';
import 'monaco-editor/features/wordOperations/register';
import 'monaco-editor/languages/definitions/cpp/register';
import 'monaco-editor/languages/definitions/dockerfile/register';
import 'monaco-editor/languages/definitions/shell/register';
import EditorWorker from 'monaco-editor/editor/editor.worker?worker';
import { OWN_LANGUAGES } from './languages/index.ts';
import { defineThemes } from './themes.ts';

/** Monaco, with what reading needs and nothing that writes, and our languages and themes. */
export { monaco };

globalThis.MonacoEnvironment = { getWorker: () => new EditorWorker() };

for (const [id, language] of Object.entries(OWN_LANGUAGES)) {
  monaco.languages.register({ id });
  monaco.languages.setMonarchTokensProvider(id, language);
}
defineThemes(monaco);
