import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Library } from './library.entity.js';
import { LibraryRepository } from './library.repository.js';

@Module({
  imports: [TypeOrmModule.forFeature([Library])],
  providers: [LibraryRepository],
  exports: [LibraryRepository],
})
export class LibrariesModule {}
