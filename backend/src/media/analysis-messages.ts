import type { AnalysedSource, Analysis, PcmStream } from './sound-analysis.js';

export type AnalysisRequest =
  | { readonly kind: 'begin'; readonly source: AnalysedSource }
  | { readonly kind: 'samples'; readonly stream: PcmStream; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'finish' };

export type AnalysisAnswer =
  { readonly kind: 'taken' } | { readonly kind: 'told'; readonly analysis: Analysis };
