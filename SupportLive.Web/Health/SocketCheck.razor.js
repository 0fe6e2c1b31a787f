// Milliseconds until a WebSocket to this path is open; -1 when it does not open within eight seconds.
export function knock(path) {
  return new Promise((done) => {
    const since = performance.now();
    const url = new URL(path, document.baseURI);
    url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
    const socket = new WebSocket(url);
    const end = (took) => { clearTimeout(late); socket.close(); done(took); };
    const late = setTimeout(() => end(-1), 8000);
    socket.onopen = () => end(performance.now() - since);
    socket.onerror = () => end(-1);
  });
}
