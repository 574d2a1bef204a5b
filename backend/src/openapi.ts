import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';

export const buildOpenApi = (app: INestApplication): OpenAPIObject => {
  const document = new DocumentBuilder()
    .setTitle('Kanade')
    .setDescription(
      'A music streaming service of your own. Errors are RFC 9457 problems with a stable `code`.',
    )
    .setVersion('1')
    .addCookieAuth('kanade_session')
    .build();
  return SwaggerModule.createDocument(app, document);
};

/** The document at /api/openapi.json and its reader at /api/docs. */
export const serveOpenApi = (app: INestApplication): void => {
  SwaggerModule.setup('api/docs', app, () => buildOpenApi(app), {
    jsonDocumentUrl: 'api/openapi.json',
    customSiteTitle: 'Kanade API',
  });
};
