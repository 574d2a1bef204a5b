import { Injectable } from '@nestjs/common';
import { Places } from '../common/places.js';

/** A download takes as much of the line as it gets: so few leave this process at once that nobody who listens notices. */
@Injectable()
export class DownloadPlaces extends Places {
  constructor() {
    super({ all: 12, ofOne: 3, complaint: 'Too many downloads at once. Let one end first.' });
  }
}
