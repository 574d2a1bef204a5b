import { z } from 'zod';
import type { Session } from './session.entity.js';

export const deviceSchema = z
  .object({
    id: z.string(),
    userAgent: z.string(),
    signedInAt: z.iso.datetime(),
    lastSeenAt: z.iso.datetime(),
    /** The one that asks. */
    current: z.boolean(),
  })
  .meta({ id: 'Device' });
export type DeviceDto = z.output<typeof deviceSchema>;

export const devicesSchema = z.object({ items: z.array(deviceSchema) }).meta({ id: 'Devices' });
export type DevicesDto = z.output<typeof devicesSchema>;

export const toDeviceDto = (session: Session, currentId: string): DeviceDto => ({
  id: session.id,
  userAgent: session.userAgent,
  signedInAt: session.createdAt.toISOString(),
  lastSeenAt: session.lastSeenAt.toISOString(),
  current: session.id === currentId,
});
