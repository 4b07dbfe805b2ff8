using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Completion;
using Microsoft.CodeAnalysis.CSharp;

namespace ModelDsl.Architecture.Tests.Surface;

/// <summary>What an editor offers to somebody who types, with the compiled assembly as reference.</summary>
public sealed class CompletionTests
{
    [Fact]
    public async Task An_attribute_list_offers_layers_and_losses()
    {
        var offered = await Complete("using ModelDsl; [|] partial class M;");

        Assert.Superset(new HashSet<string> { "Model", "Input", "Dense", "Residual", "MeanSquaredError" }, offered);
    }

    [Theory]
    [InlineData("using ModelDsl; class C { void M() { | } }")]
    [InlineData("using ModelDsl; using ModelDsl.CompilerServices; class C { void M() { | } }")]
    [InlineData("using ModelDsl.Extensibility; class C { void M() { | } }")]
    [InlineData("class C { void M() { ModelDsl.CompilerServices.| } }")]
    [InlineData("class C { ModelDsl.CompilerServices.| }")]
    [InlineData("using ModelDsl.CompilerServices; class C { | }")]
    [InlineData("class C { void M() { ModelDsl.| } }")]
    public async Task What_only_generated_code_calls_is_not_offered(string code)
    {
        var offered = await Complete(code);
        var hidden = typeof(Shape).Assembly.GetExportedTypes()
            .Where(type => type.Namespace == "ModelDsl.CompilerServices")
            .Select(type => type.Name.Split('`')[0])

            // The same name may stand for something else, such as for a namespace or an attribute.
            .Except(typeof(Shape).Assembly.GetExportedTypes()
                .Where(type => type.Namespace != "ModelDsl.CompilerServices")
                .SelectMany(type => new[] { type.Name.Split('`')[0], type.Name.Replace("Attribute", "") }));

        Assert.Empty(hidden.Intersect(offered));
    }

    [Fact]
    public async Task A_user_is_offered_what_a_program_needs()
    {
        var offered = await Complete("using ModelDsl; class C { void M() { | } }");

        Assert.Superset(
            new HashSet<string> { "Trainer", "Adam", "Dataset", "Shape", "WorkerPool", "SafetensorsFile" }, offered);
    }

    [Fact]
    public async Task An_author_of_an_activation_is_offered_what_it_needs()
    {
        var offered = await Complete("using ModelDsl.Extensibility; class C { void M() { | } }");

        Assert.Superset(new HashSet<string> { "IActivation", "ILoss", "ISimdVector", "VectorMath" }, offered);
    }

    [Fact]
    public async Task A_model_offers_no_member_that_only_generated_code_calls()
    {
        var offered = await Complete("class C { void M(ModelDsl.IModel model) { model.| } }");

        Assert.Contains("Predict", offered);
        Assert.DoesNotContain("Hold", offered);
    }

    // The text with a | where somebody has just typed.
    private static async Task<HashSet<string>> Complete(string marked)
    {
        using var workspace = new AdhocWorkspace();
        var project = workspace.CurrentSolution
            .AddProject("App", "App", LanguageNames.CSharp)
            .WithCompilationOptions(new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary))
            .WithMetadataReferences(
                [.. Net100.References.All, MetadataReference.CreateFromFile(typeof(Shape).Assembly.Location)]);
        var position = marked.IndexOf('|', StringComparison.Ordinal);
        var document = project.AddDocument("App.cs", marked.Remove(position, 1));
        var completion = CompletionService.GetService(document)!;
        var list = await completion.GetCompletionsAsync(document, position);
        return [.. list.ItemsList.Select(item => item.DisplayText)];
    }
}
