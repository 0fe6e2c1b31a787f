#if EF_DESIGN
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace SupportLive.Core.Data;

/// <summary>For the migrations tool only; it compares models and never connects.</summary>
public sealed class SupportDbDesign : IDesignTimeDbContextFactory<SupportDb>
{
    public SupportDb CreateDbContext(string[] args) => new(new DbContextOptionsBuilder<SupportDb>().UseNpgsql("Host=unused").Options);
}
#endif
