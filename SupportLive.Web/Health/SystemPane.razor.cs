using Microsoft.AspNetCore.Components;
using SupportLive.Core.Health;
using SupportLive.Core.Live;
using SupportLive.Web.Live;

namespace SupportLive.Web.Health;

/// <summary>How everything does, every second while somebody looks.</summary>
public sealed partial class SystemPane(SystemQueries queries, SystemWatch watch) : LivePane
{
    private readonly SystemState state = new();
    private IDisposable? looking;

    [PersistentState] public SystemView? First { get; set; }

    protected override void Restore()
    {
        if (First is not null) state.Load(First);
        if (Ready) First = null; // has been handed over
    }

    protected override async Task Load()
    {
        Listen(Topic.System);
        if (Ready) looking ??= watch.Open();
        state.Load((await queries.Read(Me, Gone)).Must());
        if (!Ready) First = state.View;
    }

    protected override ValueTask<bool> Apply(LiveEvent happened) => new(state.Apply(happened));

    public override ValueTask DisposeAsync()
    {
        looking?.Dispose();
        return base.DisposeAsync();
    }
}
