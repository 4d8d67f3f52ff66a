#!/bin/sh
# enterContainer.sh ROOT COMMAND…: becomes the first process of a container, in namespaces of its own (unshare --mount --pid --ipc --fork):
# ROOT read-only, /dev/shm and what TMPFS names in memory that ends with it, nothing to be gained by a program that is another user's.
# COMMAND, a program of this machine, is to enter ROOT. MOUNTS: lines of source, target and ro or rw. TMPFS: lines of target and options.
# HOSTS: the file that is its /etc/hosts.
set -eu
root="$1"
shift
mount --make-rprivate /
mount --bind "$root" "$root"
mount -t proc proc "$root/proc"
mount -t tmpfs -o mode=755,size=1m tmpfs "$root/dev"
for device in null zero full random urandom; do
  : > "$root/dev/$device"
  mount --bind "/dev/$device" "$root/dev/$device"
done
ln -s /proc/self/fd "$root/dev/fd"
mkdir "$root/dev/shm"
mount -t tmpfs -o mode=1777,size=64m shm "$root/dev/shm"
touch "$root/etc/hosts"
mount --bind "$HOSTS" "$root/etc/hosts"
printf '%s\n' "$MOUNTS" | while read -r source target mode; do
  [ -n "$source" ] || continue
  mkdir -p "$root$target"
  mount --bind "$source" "$root$target"
  [ "$mode" = rw ] || mount -o remount,bind,ro "$root$target"
done
printf '%s\n' "$TMPFS" | while read -r target options; do
  [ -n "$target" ] || continue
  mkdir -p "$root$target"
  mount -t tmpfs -o "$options" tmpfs "$root$target"
done
mount -o remount,bind,ro "$root"
exec /usr/bin/setpriv --no-new-privs --inh-caps=-all "$@"
