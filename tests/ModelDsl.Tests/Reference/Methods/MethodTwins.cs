using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ModelDsl.Testing;

namespace ModelDsl.Tests.Reference.Methods;

/// <summary>
/// Classes with forward methods, compiled once more from the same text, for which a tensor is a
/// <see cref="ReferenceTensor"/>: their methods can be run. The compiler of models has no part in it.
/// </summary>
internal static class MethodTwins
{
    private const string Tensors = "ModelDsl.Tests.Reference.Methods.";

    private static readonly Lazy<Assembly> OfTestModels =
        new(() => Compile(
            typeof(MethodTwins).Assembly.GetManifestResourceNames()
                .Where(name => name.StartsWith("TestModels/", StringComparison.Ordinal))
                .Select(Resource)
                .Where(text => text.Contains("static Tensor Forward(", StringComparison.Ordinal)),
            typeof(MnistMlp).Assembly));

    /// <summary>Whether a class has a forward method, or a block that its attributes name.</summary>
    public static bool HasMethods(Type type) =>
        ForwardOf(type) is not null
        || type.GetCustomAttributes<LayerAttribute>()
            .SelectMany(attribute => attribute.GetType().GetGenericArguments())
            .Any(HasMethods);

    /// <summary>The forward method of a model or block; null where it consists of attributes.</summary>
    public static MethodInfo? ForwardOf(Type type) =>
        type.GetMethod("Forward", BindingFlags.NonPublic | BindingFlags.Static);

    /// <summary>The class that says what a model of the test models computes: itself, or its twin.</summary>
    public static Type OfTestModel(Type model) =>
        HasMethods(model) ? OfTestModels.Value.GetTypes().Single(type => type.Name == model.Name) : model;

    /// <summary>Compiles texts of models so that their methods can be run.</summary>
    /// <param name="sources">The texts, each a file.</param>
    /// <param name="libraries">Assemblies that the texts use besides .NET and the runtime.</param>
    /// <exception cref="InvalidOperationException">The C# compiler reports an error.</exception>
    public static Assembly Compile(IEnumerable<string> sources, params Assembly[] libraries)
    {
        CSharpCompilation compilation = TestCompiler.CreateCompilation([.. sources.Select(WithTensors), Layers()])
            .AddReferences(libraries.Append(typeof(MethodTwins).Assembly)
                .Select(library => MetadataReference.CreateFromFile(library.Location)));
        using var image = new MemoryStream();
        Diagnostic[] errors =
        [
            .. compilation.Emit(image).Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error),
        ];
        if (errors.Length > 0)
        {
            throw new InvalidOperationException(string.Join(Environment.NewLine, errors.AsEnumerable()));
        }

        image.Position = 0;
        return new AssemblyLoadContext(null, isCollectible: true).LoadFromStream(image);
    }

    // Within a namespace, since the one around it has a tensor of its own.
    private static string WithTensors(string text)
    {
        var root = CSharpSyntaxTree.ParseText(text).GetCompilationUnitRoot();
        int place = root.Members.OfType<FileScopedNamespaceDeclarationSyntax>().FirstOrDefault() is { } scope
            ? scope.SemicolonToken.Span.End
            : 0;
        return text.Insert(
            place,
            $" using Tensor = {Tensors}{nameof(ReferenceTensor)};"
                + $" using TensorList = {Tensors}{nameof(ReferenceTensorList)};"
                + $" using static {Tensors}{nameof(ReferenceTuples)};");
    }

    // The methods of layers, with the arguments and the defaults of the runtime's own.
    private static string Layers()
    {
        IEnumerable<string> methods = CSharpSyntaxTree.ParseText(Resource("Methods/TensorLayers.cs")).GetRoot()
            .DescendantNodes()
            .OfType<MethodDeclarationSyntax>()
            .Select(method =>
            {
                string head =
                    method.WithoutTrivia().ToString()[..(method.ExpressionBody!.SpanStart - method.SpanStart)];
                IEnumerable<string> types =
                    method.TypeParameterList?.Parameters.Select(type => $"typeof({type.Identifier})") ?? [];
                IEnumerable<string> arguments = method.ParameterList.Parameters
                    .Select(parameter => $", (\"{parameter.Identifier.ValueText}\", (object?){parameter.Identifier})");
                return $"{head} => tensor.Layer(\"{method.Identifier}\", [{string.Join(", ", types)}]"
                    + $"{string.Concat(arguments)});\n";
            });
        return $$"""
            using System.Runtime.CompilerServices;
            using ModelDsl.Extensibility;
            using Tensor = {{Tensors}}{{nameof(ReferenceTensor)}};
            public static class Layers { extension(Tensor tensor) {
            {{string.Concat(methods)}}
            } }
            """;
    }

    private static string Resource(string name)
    {
        using StreamReader reader = new(typeof(MethodTwins).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
