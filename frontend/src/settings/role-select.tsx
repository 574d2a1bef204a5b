'use client';
import { useTranslations } from 'next-intl';
import type { User } from '../api/client';

export type Role = User['role'];
const ROLES = ['guest', 'listener', 'curator', 'admin'] as const satisfies readonly Role[];

interface RoleSelectProps {
  readonly label: string;
  readonly value: Role;
  readonly disabled?: boolean;
  readonly onChange: (role: Role) => void;
}

export function RoleSelect({ label, value, disabled, onChange }: RoleSelectProps) {
  const t = useTranslations('settings');
  return (
    <select
      className="input input-small"
      aria-label={label}
      value={value}
      disabled={disabled}
      onChange={(event) => onChange(roleOf(event.currentTarget.value))}
    >
      {ROLES.map((role) => (
        <option key={role} value={role}>
          {t(`roles.${role}`)}
        </option>
      ))}
    </select>
  );
}

const roleOf = (value: string): Role => ROLES.find((role) => role === value) ?? 'listener';
