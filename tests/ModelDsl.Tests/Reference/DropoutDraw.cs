namespace ModelDsl.Tests.Reference;

/// <summary>What, besides its place, decides whether an element is dropped.</summary>
internal sealed record DropoutDraw(ulong Seed, long Step);
