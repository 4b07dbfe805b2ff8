namespace ModelDsl.Architecture.Tests.Dependencies;

public sealed class RuntimeDependencyTests : DependencyTests
{
    private static readonly Lazy<Folders> Runtime = new(() => new(SourceAssemblies.Read("ModelDsl.Runtime")));

    private protected override string Section => "The runtime";

    private protected override Folders Code => Runtime.Value;
}
