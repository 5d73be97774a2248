/**
How objects are written.
*/
export type Encoding = 'json' | 'yaml';
