import { v7, validate } from 'uuid';
import { DomainError } from './errors.js';

/** UUIDv7: ids made later sort later, so a page by id follows the order of arrival. */
export const newId = (): string => v7();

export const isId = (text: string): boolean => validate(text);

/** An id out of an address, as it is stored. @throws DomainError INVALID_ID */
export const validId = (text: string): string => {
  if (!isId(text)) throw new DomainError('INVALID_ID', 'This is not an id.', { field: 'id' });
  return text.toLowerCase();
};
