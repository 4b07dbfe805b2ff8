using System.Collections.Concurrent;
using Microsoft.CodeAnalysis.CSharp;
using ModelDsl.Generator.Projects;

namespace ModelDsl.Generator.Analysis;

/// <summary>
/// The models that analyzers have read of one compilation, without symbols or places: the next compilation takes over
/// those that an edit has not touched. Reading a forward method binds it, which takes longer than all rules together.
/// </summary>
internal sealed class ReadModels
{
    // An editor asks about several projects in turn, and in between about older versions of one.
    private const int Capacity = 4;

    private static ImmutableArray<ReadModels> _last = [];

    private readonly ProjectText _text;
    private readonly ConcurrentDictionary<string, Entry> _models;

    private ReadModels(ProjectText text, IEnumerable<KeyValuePair<string, Entry>> models)
    {
        _text = text;
        _models = new ConcurrentDictionary<string, Entry>(models, StringComparer.Ordinal);
    }

    /// <summary>Raised for each model whose text is read: what tests count.</summary>
    internal static event Action<string>? Reading;

    /// <summary>The models of a compilation, with those that the last ones had and that are still the same.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static ReadModels Of(Compilation compilation, CancellationToken cancellation)
    {
        var text = new ProjectText((CSharpCompilation)compilation);
        ImmutableArray<ReadModels> last = _last;
        foreach (ReadModels before in last)
        {
            if (before._text.TouchedIn(text, cancellation) is { } touched)
            {
                return Keep(last.Remove(before), before.Without(touched, text));
            }
        }

        return Keep(last, new ReadModels(text, []));
    }

    /// <summary>A model, read now or before.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ReadModel Get(INamedTypeSymbol type, CancellationToken cancellation)
    {
        string name = type.ToDisplayString();

        // A file may have a type of its own with the name of another one.
        if (!type.IsFileLocal && _models.TryGetValue(name, out Entry? known))
        {
            return new ReadModel(
                known.Declaration, () => ModelParser.Parse(type, CancellationToken.None).Sites, MethodIssues: []);
        }

        Reading?.Invoke(name);
        ParsedModel model = ModelParser.Parse(type, cancellation);

        // What is wrong with a method has a place in the text, which the next edit may move.
        if (!type.IsFileLocal && model.Body.Issues.IsEmpty)
        {
            _models[name] = new Entry(
                model.Declaration, DeclaringTypes.Of([type, .. model.Types], cancellation));
        }

        return new ReadModel(model.Declaration, () => model.Sites, model.Body.Issues);
    }

    // Whoever writes last is remembered: what an analysis at the same time has found is lost, and found again.
    private static ReadModels Keep(ImmutableArray<ReadModels> others, ReadModels newest)
    {
        _last = [newest, .. others.Take(Capacity - 1)];
        return newest;
    }

    private ReadModels Without(ISet<string> touched, ProjectText text) => text.Files.SequenceEqual(_text.Files)
        ? this
        : new ReadModels(text, _models.Where(model => !model.Value.Sources.Any(touched.Contains)));

    private sealed record Entry(ModelDeclaration Declaration, ImmutableArray<string> Sources);
}

/// <summary>A model as it was read.</summary>
/// <param name="Declaration">What it declares.</param>
/// <param name="Sites">Finds where each of its layers stands, which reads the model where that was not done.</param>
/// <param name="MethodIssues">What is wrong with the forward method, other than its layers.</param>
internal sealed record ReadModel(
    ModelDeclaration Declaration, Func<ImmutableArray<LayerSite>> Sites, ImmutableArray<Diagnostic> MethodIssues);
