// Loaded into children that install and build. When the script that started them is gone, however it died, the
// channel to it closes: an installer left running would work in the same folder as the next one.
if (process.channel !== undefined) {
  process.on('disconnect', () => {
    // The whole group: what builds has children of its own.
    if (process.platform === 'win32') process.exit(1);
    process.kill(-process.pid, 'SIGKILL');
  });
  process.channel.unref();
}
