import assert from "node:assert/strict";

/** The HTTP API in the hands of one user. */
export class Api {
  constructor(url, token) {
    Object.assign(this, { url, token });
  }

  /** Asks, and asserts the status. @returns the answer's body */
  async call(method, path, { body, status = 200 } = {}) {
    const response = await fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${this.token}`, ...(body && { "content-type": "application/json" }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    const answer = await response.text();
    assert.equal(response.status, status, `${method} ${path}: ${answer}`);
    return answer ? JSON.parse(answer) : undefined;
  }

  /** Makes a channel. @returns its id */
  async channel(workspace, name, visibility, members = []) {
    const { id } = await this.call("POST", `/workspaces/${workspace}/channels`, { body: { name, visibility }, status: 201 });
    for (const user of members) await this.call("PUT", `/channels/${id}/members/${user}`);
    return id;
  }
}
