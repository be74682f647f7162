// A framework on `mesos-framework` (JSON, Node), unmodified: it subscribes, launches one task by the
// library's own offer handler, hears its updates, kills a second one, and ends with TEARDOWN.
//
// node framework.js HOST PORT   (with NODE_PATH at the library)
"use strict";

const { Scheduler, Mesos } = require("mesos-framework");
const mesos = Mesos.getMesos();

const [host, port] = process.argv.slice(2);
const resources = { cpus: 0.1, mem: 32, ports: 1, disk: 0 };

function task(priority, command) {
    const shell = new mesos.CommandInfo(null, null, true, command, null, null);
    return { priority, instances: 1, commandInfo: shell, resources };
}

const scheduler = new Scheduler({
    masterUrl: host,
    port: Number(port),
    frameworkName: "node-framework",
    frameworkFailoverTimeout: 60,
    restartStates: [],
    logging: { level: "error" },
    tasks: { quick: task(1, "echo from node; test -n \"$HOST\""), endless: task(2, "sleep 600") },
});

const heard = new Set();

scheduler.on("subscribed", () => console.log("SUBSCRIBED"));
scheduler.on("offers", () => console.log("OFFERS"));
scheduler.on("error", (error) => {
    console.log("ERROR " + (error.stack || JSON.stringify(error)));
    process.exit(1);
});
scheduler.on("update", (update) => {
    const status = update.status;
    const name = status.task_id.value.includes("quick") ? "quick" : "endless";
    console.log(`UPDATE ${name} ${status.state}`);
    if (name === "endless" && status.state === "TASK_RUNNING") {
        scheduler.kill(status.task_id.value, status.agent_id.value);
    }
    heard.add(`${name} ${status.state}`);
    if (heard.has("quick TASK_FINISHED") && heard.has("endless TASK_KILLED")) {
        scheduler.teardown();
    }
});
scheduler.on("sent_teardown", () => {
    console.log("TEARDOWN");
    process.exit(0);
});
scheduler.on("ready", () => scheduler.subscribe());
