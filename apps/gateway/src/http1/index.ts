export { type BodyReader, ChunkReader, CloseReader, LengthReader } from './body-reader.ts';
export { type Fields, fieldsOf } from './fields.ts';
export { countLines, type HeaderList, removeHeader, setHeader } from './header-list.ts';
export { HeadReader } from './head-reader.ts';
export { type AnswerHead, parseAnswerHead, parseRequestHead, type RequestHead } from './head.ts';
export { Malformed, Overflow } from './malformed.ts';
export { lowerCase } from './names.ts';
export { Wire } from './wire.ts';
export { dateLine, headText } from './write-head.ts';
