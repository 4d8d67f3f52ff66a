/** What to do where a store takes no write. */
export const FREE_SPACE =
  "Most often the disk is full: free space on the one that the store lies on (df -h), and writing goes on by itself.";
