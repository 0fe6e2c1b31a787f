using SupportLive.Bench.Load;

// Figures only mean something beside others from the same run on the same machine: every command prints both.
return args switch
{
    ["chat", .. var rest] => await ChatBench.Run(rest),
    _ => Help(),
};

static int Help()
{
    Console.WriteLine("""
        SupportLive.Bench: measures SupportLive on this machine. Starts its own database and server, pinned to one core, and drives them from another.

          chat [--rooms N] [--seconds N] [--rate N] [--idle N] [--server PATH]
               rooms of one customer and one agent on real sockets; open loop at a rate, closed loop at saturation, and pgbench beside it
        """);
    return 1;
}
