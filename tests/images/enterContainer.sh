#!/bin/sh
# enterContainer.sh ROOT USER FOLDER COMMAND…: becomes the first process of a container, in namespaces of its own (unshare --mount --pid
# --ipc --fork): ROOT read-only, /dev/shm and what TMPFS names in memory that ends with it, no capabilities, the user of that number.
# MOUNTS: lines of source, target and ro or rw. TMPFS: lines of target and options. HOSTS: the file that is its /etc/hosts.
set -eu
root="$1" user="$2" folder="$3"
shift 3
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
exec chroot "$root" /usr/bin/setpriv --reuid "$user" --regid "$user" --clear-groups --no-new-privs --bounding-set=-all --inh-caps=-all \
  /usr/bin/env --chdir="$folder" "$@"
