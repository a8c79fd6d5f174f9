/** Style sheets that a component brings along; Vite puts them into files. */
declare module '*.css';
