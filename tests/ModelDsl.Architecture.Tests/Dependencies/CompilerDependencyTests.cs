namespace ModelDsl.Architecture.Tests.Dependencies;

public sealed class CompilerDependencyTests : DependencyTests
{
    private static readonly Lazy<Folders> Compiler =
        new(() => new(SourceAssemblies.Read("ModelDsl.Generator"), SourceAssemblies.Read("ModelDsl.CodeFixes")));

    private protected override string Section => "The compiler";

    private protected override Folders Code => Compiler.Value;
}
