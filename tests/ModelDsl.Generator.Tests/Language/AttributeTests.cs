namespace ModelDsl.Generator.Tests.Language;

/// <summary>The ways in which C# lets attributes be written.</summary>
public class AttributeTests
{
    private static readonly string[] Expected = ["input", "dense1", "relu1", "dense2", "meanSquaredError1"];

    [Theory]
    [InlineData("[Model, Input(3), Dense(4), Relu, Dense(1), MeanSquaredError]")]
    [InlineData("[Model] [Input(3)] [Dense(4)] [Relu] [Dense(1)] [MeanSquaredError]")]
    [InlineData("[Input(3), Dense(4)] [Relu, Dense(1)] [MeanSquaredError, Model]")]
    [InlineData("[Input(3)]\n[Dense(4),\n  Relu,]\n[Model, Dense(1)] // a comment\n/* and another */ [MeanSquaredError]")]
    [InlineData("[type: Model, Input(3)] [type: Dense(4), Relu] [Dense(1), MeanSquaredError]")]
    [InlineData("[ModelAttribute(), InputAttribute(3), DenseAttribute(4), ReluAttribute(), DenseAttribute(1), MeanSquaredErrorAttribute]")]
    [InlineData("[ModelDsl.Model, ModelDsl.Input(3), ModelDsl.Dense(4), ModelDsl.ReluAttribute, global::ModelDsl.Dense(1), MeanSquaredError]")]
    [InlineData("[Model, Input(new[] { 3 }), Dense(units: 4), Relu, Dense(1, UseBias = true), MeanSquaredError]")]
    [InlineData("[Model, Input(dimensions: new int[] { 2 + 1 }), Dense(2 * 2), Relu, Dense('\\x1'), MeanSquaredError]")]
    [InlineData("[Model, Input([3]), Dense(sizeof(int)), Relu, Dense(1), MeanSquaredError]")]
    [InlineData("[Model, System.Serializable, Input(3), Dense(4), Relu, System.Obsolete, Dense(1), MeanSquaredError]")]
    public void Layers_flow_in_the_order_of_the_text(string attributes)
    {
        IModel model = LanguageCase.TrainSingle($"{attributes}\npublic partial class M;");
        Assert.Equal(Expected, model.Description.Layers.Select(layer => layer.Name));
        Assert.Equal(3, model.Description.InputShape.Count);
        Assert.Equal([4, 3], model.Description.Parameters[0].Shape.Dimensions.AsEnumerable());
    }

    [Fact]
    public void Attributes_have_aliases() =>
        LanguageCase.TrainSingle(
            """
            using Network = ModelDsl.ModelAttribute;
            using FullyConnected = ModelDsl.DenseAttribute;
            using MseAttribute = ModelDsl.MeanSquaredErrorAttribute;
            [Network, Input(3), FullyConnected(4), Relu, FullyConnected(1), Mse]
            public partial class M;
            """);

    [Fact]
    public void Sizes_are_constants_of_the_user()
    {
        IModel model = LanguageCase.TrainSingle(
            """
            public static class Sizes
            {
                public const int Classes = 10;
                public const int Hidden = Classes * 4;
                public const float Rate = 1f / 4f;
            }

            [Model, Input(Sizes.Classes), Dense(Sizes.Hidden), Dropout(Sizes.Rate), Dense(M.Own, Name = nameof(Sizes.Hidden)), MeanSquaredError]
            public partial class M
            {
                public const int Own = 3;
            }
            """);
        Assert.Equal(40, model.Description.Layers[1].OutputShape.Count);
        Assert.Equal("hidden", model.Description.Layers[3].Name);
    }

    [Fact]
    public void Preprocessor_chooses_layers()
    {
        IModel model = LanguageCase.TrainSingle(
            """
            [Model]
            [Input(3)]
            #region Hidden layers
            #if !NARROW
            [Dense(64), Relu]
            #else
            [Dense(4), Tanh]
            #endif
            #endregion
            #pragma warning disable CS0168
            #nullable disable
            [Dense(1)]
            [MeanSquaredError]
            public partial class M;
            """);
        Assert.Equal(64, model.Description.Layers[1].OutputShape.Count);
    }

    [Fact]
    public void Attributes_stand_on_one_part_and_members_on_others() =>
        LanguageCase.TrainSingle(
            """
            public partial class M { public int Version => 2; }
            [Model, Input(3), Dense(1), MeanSquaredError]
            partial class M;
            partial class M { public override string ToString() => Description.Name; }
            """);

    [Fact]
    public void Model_attribute_may_stand_on_another_part_than_the_layers() =>
        LanguageCase.TrainSingle(
            """
            [Model]
            public partial class M;
            [Input(3), Dense(1), MeanSquaredError]
            partial class M;
            """);
}
