using SupportLive.Bench.Chaos;
using SupportLive.Bench.Crowds;
using SupportLive.Bench.Load;
using SupportLive.Bench.Mail;
using SupportLive.Bench.Reports;
using SupportLive.Bench.Scale;
using SupportLive.Bench.Speed;
using SupportLive.Bench.Speed.Peers;
using SupportLive.Bench.Speed.Profile;

// Figures only mean something beside others from the same run on the same machine: every command prints both.
return args switch
{
    ["chat", .. var rest] => await ChatBench.Run(rest),
    ["assign", .. var rest] => await AssignBench.Run(rest),
    ["speed", .. var rest] => await SpeedBench.Run(rest),
    ["memory", .. var rest] => await MemoryBench.Run(rest),
    ["nodes", .. var rest] => await NodesBench.Run(rest),
    ["crowd", .. var rest] => await CrowdBench.Run(rest),
    ["desks", .. var rest] => await DesksBench.Run(rest),
    ["wall", .. var rest] => await WallBench.Run(rest),
    ["herd", .. var rest] => await HerdBench.Run(rest),
    ["profile", .. var rest] => await ProfileBench.Run(rest),
    ["peer-hub", .. var rest] => await BareHub.Serve(rest),
    ["chaos", .. var rest] => await ChaosBench.Run(rest),
    ["seed", .. var rest] => await Seed.Run(rest),
    ["scale", .. var rest] => await ScaleBench.Run(rest),
    ["reports", .. var rest] => await ReportsBench.Run(rest),
    ["mail", .. var rest] => await MailBench.Run(rest),
    ["opening", .. var rest] => await OpeningBench.Run(rest),
    _ => Help(),
};

static int Help()
{
    Console.WriteLine("""
        SupportLive.Bench: measures SupportLive on this machine. Starts its own database and server, pinned to one core, and drives them from another.

          chat [--rooms N] [--seconds N] [--rate N] [--idle N] [--server PATH]
               rooms of one customer and one agent on real sockets; open loop at a rate, closed loop at saturation, and pgbench beside it

          assign [--tickets N] [--server PATH]
               how soon an offer is on the agent's socket, from opening the ticket and from an agent's "available", with three agents

          speed [--runs N] [--seconds N] [--rooms N] [--rate N] [--server PATH]
               the same rooms at socket.io + pg (peers/socketio), a bare hub and SupportLive, and pgbench, beside each other, round after round;
               medians as JSON and as a table

          memory [--hubs N] [--circuits N] [--desks N] [--queue N] [--look PROGRAM] [--server PATH]
               what an idle hub connection, a ticket page with 50 messages and a desk with a queue hold; PROGRAM is called with the server's
               process id after each step, for a look into its heap

          nodes [--rate N] [--runs N]                    from sending on one node to being seen on another
          crowd [--hubs N] [--pages N] [--runs N]        the same latency alone, and with so many others who only look
          desks [--agents N] [--desks N]                 until the last agent, on the hub and in a page, has a new ticket
          wall [--walls N] [--rate N] [--seconds N]      what open overviews cost while so many messages a second are written
          herd [--clients N]                             everybody comes back at the same moment
          profile [--pages N] [--seconds N] [--unknown N] where the core's time goes for one message (needs perf)

          chaos [--minutes N] [--seed N] [--senders N] [--faults a,b] [--herd N] [--pause MS] [--server PATH]
               two nodes and a database, not pinned, under fault after fault while people write and read; everything acknowledged and shown is
               compared with the log at the end. Exit code 0 only if nothing was lost, doubled, out of order, missing or seen by the wrong eyes
          chaos --self-check
               shows that the comparison finds each of these in made-up histories

          seed [--tickets N] [--messages N] [--connection STRING | --data FOLDER]
               fills a database with two years of a help desk, one of its conversations with 5,000 messages. Without a connection string:
               ConnectionStrings__SupportLive, or the private database of the data folder. People log in with the demo's password

          scale [--small N] [--large N] [--calls N] [--keep FOLDER] [--only TEXT] [--server PATH]
               lists, deep pages, counts, search, the longest conversation and the desk's first page, asked in turn of a small and a large
               database (1,000 and 100,000 tickets); FOLDER keeps the filled databases for the next time, TEXT chooses questions

          reports [--small N] [--large N] [--calls N] [--keep FOLDER] [--server PATH]
               the whole summary of the reports page, for a week to two years, asked of a small and a large database

          opening [--tickets N] [--customers N] [--seconds N] [--runs N] [--server PATH]
               tickets opened per second by so many customers at once, beside N tickets that are there

          mail [--tickets N] [--quiet N] [--parallel N] [--server PATH]
               mails per second to a server on this machine, and from the commit to its yes
        """);
    return 1;
}
