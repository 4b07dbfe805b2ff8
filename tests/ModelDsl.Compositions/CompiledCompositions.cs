using System.Reflection;
using ModelDsl.Testing;
using ModelDsl.TestModels;

namespace ModelDsl.Compositions;

/// <summary>Random models in one assembly, made by the real generator.</summary>
public sealed class CompiledCompositions
{
    private readonly Assembly _assembly;

    private CompiledCompositions(IReadOnlyList<ComposedModel> models, Assembly assembly)
    {
        Models = models;
        _assembly = assembly;
    }

    /// <summary>The models.</summary>
    public IReadOnlyList<ComposedModel> Models { get; }

    /// <summary>Compiles models.</summary>
    /// <param name="models">The models.</param>
    /// <param name="memoryMode">How generated code lays out its memory.</param>
    /// <exception cref="InvalidOperationException">The compiler reports an error or a warning.</exception>
    public static CompiledCompositions Compile(IReadOnlyList<ComposedModel> models, string memoryMode = "Planned")
    {
        // What nobody reads needs no documentation, and may compare a tensor with itself.
        string[] sources = [.. models.Select(model => "#pragma warning disable CS1591, CS1718\n" + model.Source)];
        return new(models, TestCompiler.LoadAll(sources, memoryMode, typeof(Softsign).Assembly));
    }

    /// <summary>The class of a model.</summary>
    public Type TypeOf(ComposedModel model) => _assembly.GetType(model.Name, throwOnError: true)!;

    /// <summary>A new instance, with all parameters drawn: see <see cref="Draw"/>.</summary>
    public IModel Create(ComposedModel model, ulong seed)
    {
        var instance = (IModel)Activator.CreateInstance(TypeOf(model), seed)!;
        Draw(instance, model.Seed);
        return instance;
    }

    /// <summary>
    /// Draws all parameters anew, biases and zero weights too, so that no gradient is zero by symmetry and no rectifier
    /// sits exactly on its corner.
    /// </summary>
    public static void Draw(IModel model, int seed)
    {
        var random = new Random(seed);
        foreach (ParameterDescription parameter in model.Description.Parameters)
        {
            float limit = 1.5f / MathF.Sqrt(parameter.Shape.Dimensions[^1]);
            foreach (ref float value in model.Parameters.Slice(parameter.Offset, parameter.Shape.Count))
            {
                // A variance is positive.
                value = parameter.Name.EndsWith(".runningVariance", StringComparison.Ordinal)
                    ? 0.5f + random.NextSingle()
                    : limit * ((2 * random.NextSingle()) - 1);
            }
        }
    }
}
