import type { ButtonHTMLAttributes, ReactNode } from 'react';

type IconButtonProps = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'aria-label' | 'title'> & {
  readonly label: string;
  readonly small?: boolean;
  readonly children: ReactNode;
};

export function IconButton({ label, small = false, children, className = '', ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={`ib ${small ? 'ib-small' : ''} ${className}`}
      aria-label={label}
      title={label}
    >
      {children}
    </button>
  );
}
