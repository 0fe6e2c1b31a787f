// The stack that most people would pick: socket.io + express + pg. Rooms of a ticket, one INSERT per message before the answer,
// then the room is told. No rights, no order, no resume: it does less than SupportLive, and that is the point of the comparison.
import { createServer } from 'node:http';
import express from 'express';
import pg from 'pg';
import { Server } from 'socket.io';

const pool = new pg.Pool({ max: Number(process.env.POOL ?? 8), min: 1, idleTimeoutMillis: 0 }); // PGHOST, PGUSER, … say where
await pool.query('create table if not exists peer_messages (id bigint generated always as identity primary key, room uuid not null, client_id text not null, body text not null, at timestamptz not null default now())');
await pool.query('create index if not exists peer_messages_room on peer_messages (room, id)');

const insert = { name: 'insert', text: 'insert into peer_messages (room, client_id, body) values ($1, $2, $3) returning id, at' };

const app = express();
app.get('/health', (_, response) => response.send('ok'));
const http = createServer(app);
const io = new Server(http, { transports: ['websocket'], perMessageDeflate: false, httpCompression: false, serveClient: false });

io.on('connection', (socket) => {
  socket.on('join', (room, answer) => {
    socket.join(room);
    answer({ ok: true });
  });
  socket.on('message', async ({ room, clientId, body }, answer) => {
    try {
      const { rows: [row] } = await pool.query({ ...insert, values: [room, clientId, body] });
      answer({ id: row.id, at: row.at });
      io.to(room).emit('message', { room, id: row.id, clientId, body, at: row.at });
    } catch (error) {
      answer({ refusal: error.message });
    }
  });
});

http.listen(Number(process.argv[2] ?? 3000), '127.0.0.1', () => console.log('ready'));
