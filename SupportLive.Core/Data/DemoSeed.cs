namespace SupportLive.Core.Data;
public sealed class DemoSeed { }
