namespace ModelDsl.Generator.Tests.Language;

/// <summary>Names that could be taken for something else: keywords, and the names that generated code uses itself.</summary>
public class NameTests
{
    private const string Layers = "[Model, Input(3), Dense(2), Relu, Dropout(0.1f), Dense(1), MeanSquaredError]";

    [Theory]
    [InlineData("@class")]
    [InlineData("@int")]
    [InlineData("@namespace")]
    [InlineData("@this")]
    [InlineData("@record")]
    [InlineData("@required")]
    [InlineData("@scoped")]
    [InlineData("@file")]
    [InlineData("@partial")]
    [InlineData("@where")]
    [InlineData("@field")]
    [InlineData("@extension")]
    public void Keyword_as_the_name_of_the_class(string name) =>
        LanguageCase.TrainSingle(
            $"#pragma warning disable CS8981, CS8860\n{Layers} public partial class {name};");

    [Fact]
    public void Keywords_as_the_names_of_namespaces_outer_types_and_type_parameters() =>
        LanguageCase.TrainSingle(
            $$"""
            #pragma warning disable CS8981
            namespace @event.@in;
            public partial struct @struct<@ref, @where>
            {
                public partial interface @interface
                {
                    {{Layers}} public partial class @new<@out, @record>;
                }
            }
            """);

    [Theory]
    [InlineData("Relu")]
    [InlineData("Kernels")]
    [InlineData("Span")]
    [InlineData("System")]
    [InlineData("ModelDsl")]
    [InlineData("ModelKernels")]
    [InlineData("FloatSpan")]
    [InlineData("MatrixMultiplication")]
    [InlineData("Epilogue")]
    [InlineData("ModelState")]
    [InlineData("GC")]
    [InlineData("Dense")]
    public void Type_of_the_user_in_the_namespace(string name)
    {
        LanguageCase.TrainSingle(
            $"namespace App; [global::ModelDsl.Model, global::ModelDsl.Input(3), global::ModelDsl.DenseAttribute(2), global::ModelDsl.MeanSquaredError] public partial class M; public static class {name};");
        LanguageCase.TrainSingle(
            $"namespace App.{name}.Inner; [global::ModelDsl.Model, global::ModelDsl.Input(3), global::ModelDsl.DenseAttribute(2), global::ModelDsl.MeanSquaredError] public partial class M;");
    }

    [Theory]
    [InlineData("Relu")]
    [InlineData("Kernels")]
    [InlineData("Span")]
    [InlineData("ModelKernels")]
    [InlineData("FloatSpan")]
    [InlineData("Epilogue")]
    [InlineData("GC")]
    public void Type_of_the_user_in_the_global_namespace(string name) =>
        LanguageCase.TrainSingle($"{Layers.Replace("Relu", "ReluAttribute", StringComparison.Ordinal)} public partial class M; public static class {name};");

    [Theory]
    [InlineData("Relu")]
    [InlineData("Span")]
    [InlineData("System")]
    [InlineData("ModelDsl")]
    [InlineData("ModelKernels")]
    [InlineData("AddBias")]
    public void Member_of_the_model(string name) =>
        LanguageCase.TrainSingle($"namespace App; {Layers} public partial class M {{ public static int {name} => 1; private sealed class {name}Nested; }}");

    [Theory]
    [InlineData("seed")]
    [InlineData("Span")]
    [InlineData("ModelState")]
    [InlineData("System")]
    public void Type_parameter_of_the_model(string name) =>
        LanguageCase.TrainSingle($"#pragma warning disable CS8981\nnamespace App; {Layers} public partial class M<{name}>;");

    [Theory]
    [InlineData("var")]
    [InlineData("value")]
    [InlineData("field")]
    [InlineData("await")]
    [InlineData("nameof")]
    [InlineData("global")]
    [InlineData("modelKernels")]
    [InlineData("samples")]
    [InlineData("loss")]
    [InlineData("größe")]
    [InlineData("_")]
    [InlineData("a__b_")]
    [InlineData("x1")]
    public void Name_of_a_layer(string name)
    {
        IModel model = LanguageCase.TrainSingle(
            $"[Model, Input(3), Dense(2, Name = \"{name}\"), Relu, Dense(1), MeanSquaredError] public partial class M;");
        Assert.Equal($"{name}.weight", model.Description.Parameters[0].Name);
    }

    [Fact]
    public void Layers_that_are_named_like_the_tensors_and_gradients_of_others() =>
        LanguageCase.TrainSingle(
            """
            [Model, Input(3)]
            [Dense(2, Name = "a"), Tanh(Name = "aWeight"), Dense(2, Name = "aGradient"), Gelu(Name = "aWeightGradient")]
            [Dense(2, Name = "aBias"), Tanh(Name = "aGradientWeight"), Dense(1, Name = "dense2"), MeanSquaredError]
            public partial class M;
            """);
}
