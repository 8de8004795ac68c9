declare module 'virtual:theme.css';

declare module '*?url' {
  const url: string;
  export default url;
}
