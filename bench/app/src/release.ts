/** What `GET /health` answers with. The benchmark changes this one line. */
export const release = 'r0';
