/** Where the input stands inside, whatever its name outside: it keeps its extension, which demuxers look at. */
export const inputInRoom = (path: string): string => `/input${/\.[A-Za-z0-9]{1,8}$/.exec(path)?.[0] ?? ''}`;

/**
 * Run by the shell within fresh namespaces: builds a root of its own for one program and stays in it. The arguments are
 * the input's path (or nothing), its name inside, the capabilities that are kept, the files and folders that are shown at their own
 * paths, `--`, and the program with its arguments. Nothing in there can be written, and nothing else can be read:
 * neither secrets of the service nor other music, nor /proc. Of the devices only those that give nothing away are there.
 *
 * /sys is what it is built upon, since it exists everywhere and nothing to be shown lies below it. Each program that the
 * script starts costs a millisecond of every start, so folders and links are made together.
 */
export const ROOM_SCRIPT = `set -eu
PATH=/usr/sbin:/usr/bin:/sbin:/bin
room=/sys input=$1 inside=$2 rights=$3
shift 3
mount -n -t tmpfs -o size=64k,mode=755 cage $room
show() {
  folder=$room$1
  [ -d "$1" ] || folder=\${folder%/*}
  [ -d "$folder" ] || mkdir -p "$folder"
  [ -d "$1" ] || : >"$room$1"
  mount -n -o rbind,ro,nosuid,nodev "$1" "$room$1"
}
mkdir $room/dev $room/usr $room/etc $room/etc/alternatives
links=
for place in /bin /sbin /lib /lib32 /lib64 /libx32; do
  if [ -L $place ]; then links="$links $place"; elif [ -e $place ]; then show $place; fi
done
[ -z "$links" ] || cp -P $links $room
for place in /usr /etc/alternatives /etc/ld.so.cache; do
  [ ! -e $place ] || show $place
done
while [ "$1" != -- ]; do show "$1"; shift; done
shift
for device in null urandom; do
  : >$room/dev/$device
  mount -n -o bind,ro,nosuid,noexec /dev/$device $room/dev/$device
done
if [ -n "$input" ]; then
  : >"$room$inside"
  mount -n -o bind,ro,nosuid,nodev,noexec "$input" "$room$inside"
fi
mount -n -o remount,bind,ro $room
exec chroot $room setpriv --bounding-set "$rights" --inh-caps -all --no-new-privs -- "$@"`;
