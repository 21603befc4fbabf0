/** Height of a row of a tree or a table in pixels, `--as-row`. */
export const ROW_HEIGHT = 24;
