import { v7, validate } from 'uuid';

/** UUIDv7: ids made later sort later, so a page by id follows the order of arrival. */
export const newId = (): string => v7();

export const isId = (text: string): boolean => validate(text);
