/** What is left of a conversation when all its events are applied in order: messages by id, as a client would show them. */
export function shown(events) {
  const messages = new Map();
  for (const { event, payload } of events) {
    const message = messages.get(payload.id ?? payload.messageId);
    if (event === "message:new") {
      const { id, content, mentions } = payload;
      messages.set(id, { content, mentions, reactions: structuredClone(payload.reactions ?? {}) });
    } else if (!message) {
      // A compact replay tells of the deletion of what it did not tell.
    } else if (event === "message:update") {
      Object.assign(message, { content: payload.content, mentions: payload.mentions });
    } else if (event === "message:delete") {
      messages.delete(payload.id);
    } else if (event === "message:reaction") {
      react(message.reactions, payload);
    }
  }

  return sorted([...messages].map(([id, { content, mentions, reactions }]) => [id, content, mentions, people(reactions)]));
}

/** The same, of the items of a compact history. */
export const shownBy = (items) =>
  sorted(items.filter((item) => !item.deletedAt).map((item) => [item.id, item.content, item.mentions, people(item.reactions ?? {})]));

const sorted = (rows) => rows.sort(([one], [other]) => (one < other ? -1 : 1));

const people = (reactions) => Object.entries(reactions).map(([emoji, users]) => [emoji, [...users].sort()]).sort();

function react(reactions, { emoji, userId, action }) {
  const users = new Set(reactions[emoji]);
  if (action === "add") users.add(userId);
  else users.delete(userId);
  if (users.size > 0) reactions[emoji] = [...users];
  else delete reactions[emoji];
}
