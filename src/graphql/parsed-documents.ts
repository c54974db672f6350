import type { DocumentNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import { PARSED_DOCUMENTS } from './limits.ts';

/**
 * Documents by their text, so that an operation sent again and again is parsed once. Bounded by size: with a bound on
 * their number alone, a thousand documents with a large template in each would fill the memory.
 */
export function createParsedDocuments() {
  return new LRUCache<string, DocumentNode>({
    maxSize: PARSED_DOCUMENTS.total,
    maxEntrySize: PARSED_DOCUMENTS.each,
    sizeCalculation: (_document, text) => text.length + 1,
  });
}
