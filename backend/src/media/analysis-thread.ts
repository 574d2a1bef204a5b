import { parentPort } from 'node:worker_threads';
import type { AnalysisAnswer, AnalysisRequest } from './analysis-messages.js';
import { SoundAnalysis } from './sound-analysis.js';

/** The thread in which samples are counted and transformed, so that the worker's own goes on answering. */
let analysis: SoundAnalysis | null = null;

const answer = (message: AnalysisAnswer): void => parentPort?.postMessage(message);

parentPort?.on('message', (request: AnalysisRequest) => {
  switch (request.kind) {
    case 'begin':
      analysis = new SoundAnalysis(request.source);
      return;
    case 'samples':
      analysis?.add(request.stream, Buffer.from(request.bytes.buffer, 0, request.bytes.byteLength));
      return answer({ kind: 'taken' });
    case 'finish':
      if (analysis !== null) answer({ kind: 'told', analysis: analysis.finish() });
      analysis = null;
  }
});
