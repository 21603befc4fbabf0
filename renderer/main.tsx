import './style/fonts.ts';
import './style/app.css';
import { FocusStyleManager } from '@blueprintjs/core';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Window } from './shell/Window.tsx';

FocusStyleManager.alwaysShowFocus();

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <Window />
  </StrictMode>,
);
