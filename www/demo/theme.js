/** Light or dark as the address says, before anything is painted: `?theme=dark`; without it as the system prefers. */
const theme = new URLSearchParams(location.search).get('theme');
if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
