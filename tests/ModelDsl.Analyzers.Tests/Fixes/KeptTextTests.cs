namespace ModelDsl.Analyzers.Tests.Fixes;

/// <summary>No repair changes comments, directives or layout that are not its own.</summary>
public sealed class KeptTextTests
{
    [Fact]
    public Task Branches_of_a_directive_before_a_removed_line_stay() =>
        Fix.Repairs<RemoveAttributeFix>(
            """
            [Model]
            [Input(3)]
            #if DEBUG
            [Dense(2)]
            #else
            [Dense(20)]
            #endif
            [{|MDL0101:Softmax|}]
            [SoftmaxCrossEntropy]
            public partial class Net;
            """,
            """
            [Model]
            [Input(3)]
            #if DEBUG
            [Dense(2)]
            #else
            [Dense(20)]
            #endif
            [SoftmaxCrossEntropy]
            public partial class Net;
            """);

    [Fact]
    public Task Comments_around_a_removed_attribute_stay() =>
        Fix.Repairs<RemoveAttributeFix>(
            """
            [Model, Input(3), Dense(2), // ten
                /* before */ {|MDL0101:Softmax|}, // behind
                SoftmaxCrossEntropy]
            public partial class Net;
            """,
            """
            [Model, Input(3), Dense(2), // ten
                /* before */  // behind
                SoftmaxCrossEntropy]
            public partial class Net;
            """);

    [Fact]
    public Task Comments_above_and_behind_a_moved_input_go_with_it() =>
        Fix.Repairs<MoveInputFirstFix>(
            """
            [Model]
            // One layer.
            [Dense(2)]

            // The pixels.
            [{|MDL0006:Input(3)|}] // grey
            // The loss.
            [MeanSquaredError]
            public partial class Net;
            """,
            """
            [Model]
            // The pixels.
            [Input(3)] // grey
            // One layer.
            [Dense(2)]

            // The loss.
            [MeanSquaredError]
            public partial class Net;
            """);

    [Fact]
    public Task Comments_above_and_behind_a_moved_loss_go_with_it() =>
        Fix.Repairs<MoveLossLastFix>(
            """
            [Model]
            [Input(3)]
            // The loss.
            [MeanSquaredError] // squared
            // One layer.
            [{|MDL0009:Dense(2)|}] // two
            public partial class Net;
            """,
            """
            [Model]
            [Input(3)]
            // One layer.
            [Dense(2)] // two
            // The loss.
            [MeanSquaredError] // squared
            public partial class Net;
            """);

    [Fact]
    public Task Loss_is_added_to_a_list_of_many_lines_on_a_line_of_its_own() =>
        Fix.Repairs<AddLossFix>(
            """
            [
                Model,
                Input(3),
                Dense(2) // logits
            ]
            public partial class {|MDL0008:Net|};
            """,
            """
            [
                Model,
                Input(3),
                Dense(2), // logits
                SoftmaxCrossEntropy
            ]
            public partial class Net;
            """);

    [Fact]
    public Task Comment_behind_the_last_line_is_not_repeated() =>
        Fix.Repairs<AddLossFix>(
            """
            [Model]
            [Input(3)]
            [Dense(2)] // logits
            public partial class {|MDL0008:Net|};
            """,
            """
            [Model]
            [Input(3)]
            [Dense(2)] // logits
            [SoftmaxCrossEntropy]
            public partial class Net;
            """);

    [Fact]
    public Task Arguments_that_the_new_loss_does_not_have_go() =>
        Fix.Repairs<UseBinaryCrossEntropyFix>(
            """
            [Model, Input(3), Dense(1), {|MDL0018:SoftmaxCrossEntropy(LabelSmoothing = 0.1f)|}]
            public partial class Net;

            [Model, Input(3), Dense(1), {|MDL0018:ModelDsl.SoftmaxCrossEntropyAttribute(LabelSmoothing = 0.1f, Weight = 2f, IgnoredLabel = -1)|}]
            public partial class Other;
            """,
            """
            [Model, Input(3), Dense(1), BinaryCrossEntropy]
            public partial class Net;

            [Model, Input(3), Dense(1), ModelDsl.BinaryCrossEntropy(Weight = 2f)]
            public partial class Other;
            """);

    [Fact]
    public Task Inserted_layer_is_named_as_the_alias_of_its_neighbour_is() =>
        Fix.Repairs<InsertFlattenFix>(
            """
            [Model, Input(2, 2), {|MDL0012:global::ModelDsl.Dense(3)|}, MeanSquaredError]
            public partial class Net;
            """,
            """
            [Model, Input(2, 2), global::ModelDsl.Flatten, global::ModelDsl.Dense(3), MeanSquaredError]
            public partial class Net;
            """);
}
