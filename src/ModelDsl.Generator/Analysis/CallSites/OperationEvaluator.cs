using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ModelDsl.Generator.Analysis.CallSites;

/// <summary>
/// Evaluates the operations of one basic block: what is known of each value, and what changes in the state. Whatever is
/// not understood gives nothing.
/// </summary>
/// <param name="context">The function whose blocks they are.</param>
/// <param name="findings">Where broken rules go; null while the flow is still being followed.</param>
/// <remarks>What is known so far goes along with each visit, which changes it.</remarks>
internal sealed class OperationEvaluator(FlowContext context, Findings? findings) : OperationVisitor<FlowState, Known?>
{
    /// <summary>Evaluates a block; what is known of the value that it branches by or returns comes back.</summary>
    public Known? VisitBlock(BasicBlock block, FlowState state)
    {
        foreach (IOperation operation in block.Operations)
        {
            Visit(operation, state);
        }

        if (block.BranchValue is not { } value)
        {
            return null;
        }

        Known? known = Visit(value, state);
        if (block.FallThroughSuccessor?.Semantics == ControlFlowBranchSemantics.Return
            && context.Function is { } function && DeclaredShape.OfResult(function) is { } declared)
        {
            Check(known, declared, $"The result of {function.Name}", value.Syntax.GetLocation());
        }

        return known;
    }

    /// <inheritdoc />
    public override Known? Visit(IOperation? operation, FlowState state)
    {
        context.Cancellation.Look();
        return operation switch
        {
            null => null,
            { ConstantValue: { HasValue: true, Value: int constant } } => Known.Number(constant),
            { ConstantValue: { HasValue: true, Value: bool constant } } => Known.Truth(constant),

            // What Roslyn has no kind for does not call visitors.
            { Kind: OperationKind.None } => DefaultVisit(operation, state),
            _ => operation.Accept(this, state),
        };
    }

    /// <summary>Of what has no rule of its own, only the parts are evaluated.</summary>
    public override Known? DefaultVisit(IOperation operation, FlowState state)
    {
        if (operation is
            {
                Kind: OperationKind.None,
                Syntax: StackAllocArrayCreationExpressionSyntax or ImplicitStackAllocArrayCreationExpressionSyntax,
            })
        {
            return Creations.StackAllocation(operation, child => Visit(child, state));
        }

        VisitChildren(operation, state);
        if (operation is IPatternOperation pattern && Body.DeclaredBy(pattern) is { } declared)
        {
            state[declared] = null;
        }

        return null;
    }

    public override Known? VisitExpressionStatement(IExpressionStatementOperation statement, FlowState state)
    {
        Visit(statement.Operation, state);
        return null;
    }

    public override Known? VisitParameterReference(IParameterReferenceOperation reference, FlowState state) =>
        !context.Body.IsTracked(reference.Parameter)
            ? null
            : state[reference.Parameter] ?? context.OfOuter(reference.Parameter);

    public override Known? VisitFlowCapture(IFlowCaptureOperation capture, FlowState state)
    {
        state[capture.Id] = Visit(capture.Value, state);
        return null;
    }

    public override Known? VisitFlowCaptureReference(IFlowCaptureReferenceOperation reference, FlowState state) =>
        state[reference.Id];

    // A function inside is followed by itself.
    public override Known? VisitFlowAnonymousFunction(IFlowAnonymousFunctionOperation function, FlowState state) => null;

    public override Known? VisitUnaryOperator(IUnaryOperation unary, FlowState state)
    {
        Known? operand = Visit(unary.Operand, state);
        return unary.OperatorKind == UnaryOperatorKind.Hat ? operand : Arithmetic.Evaluate(unary.OperatorKind, operand);
    }

    public override Known? VisitDefaultValue(IDefaultValueOperation value, FlowState state) =>
        Memories.IsOurs(value.Type, "Targets") ? Models.TargetsOf(null, null, hasLabels: false, hasValues: false) : null;

    public override Known? VisitArrayCreation(IArrayCreationOperation array, FlowState state) =>
        array.DimensionSizes is [var size]
            ? Creations.Array(array, size, operand => Visit(operand, state))
            : DefaultVisit(array, state);

    public override Known? VisitCollectionExpression(ICollectionExpressionOperation collection, FlowState state) =>
        Creations.Collection(collection, element => Visit(element, state));

    public override Known? VisitArrayElementReference(IArrayElementReferenceOperation element, FlowState state)
    {
        switch (element.Indices)
        {
            case [IRangeOperation range]:
                Known? part = VisitRange(Visit(element.ArrayReference, state), range, state);
                return part is null ? null : part with { Owner = null, IsStale = false };
            case [var index]:
                return VisitElement(Visit(element.ArrayReference, state), index, state);
            default:
                return DefaultVisit(element, state);
        }
    }

    public override Known? VisitImplicitIndexerReference(IImplicitIndexerReferenceOperation element, FlowState state)
    {
        Known? memory = Visit(element.Instance, state);
        return element.Argument is IRangeOperation range
            ? VisitRange(memory, range, state)
            : VisitElement(memory, element.Argument, state);
    }

    private void VisitChildren(IOperation operation, FlowState state)
    {
        foreach (IOperation child in operation.ChildOperations)
        {
            Visit(child, state);
        }
    }

    public override Known? VisitLocalReference(ILocalReferenceOperation local, FlowState state)
    {
        Known? known = context.Body.IsTracked(local.Local) ? state[local.Local] : null;
        if (known is { IsStale: true } && findings is not null
            && local.Parent is not IPropertyReferenceOperation { Property.Name: "Length" or "IsEmpty" })
        {
            findings.AddFirst(
                local.Local,
                ResultIsOverwritten.Message(local.Local.Name, known.Origin?.Text ?? "a model")
                    .At(local.Syntax.GetLocation(), known.Origin is { } origin ? [origin.Location] : []));
        }

        return known;
    }

    // A sum of thousands of terms is a chain of left operands: evaluated from its end, not by going into each.
    public override Known? VisitBinaryOperator(IBinaryOperation binary, FlowState state)
    {
        // A constant that is neither a number of elements nor a condition: 2f * 3f, "a" + "b".
        if (binary.ConstantValue.HasValue)
        {
            return null;
        }

        var chain = new Stack<IBinaryOperation>();
        IOperation first = binary;
        while (first is IBinaryOperation { ConstantValue.HasValue: false } inner)
        {
            chain.Push(inner);
            first = inner.LeftOperand;
        }

        Known? value = Visit(first, state);
        foreach (IBinaryOperation next in chain)
        {
            value = Arithmetic.Evaluate(next.OperatorKind, value, Visit(next.RightOperand, state), next.Type);
        }

        return value;
    }

    private Known? VisitRange(Known? memory, IRangeOperation range, FlowState state)
    {
        Known? start = Visit(range.LeftOperand, state);
        Known? end = Visit(range.RightOperand, state);
        if (findings is not null)
        {
            IndexCheck.Range(memory, range, start, end, findings);
        }

        return Slices.Take(memory, start, end, range);
    }

    private Known? VisitElement(Known? memory, IOperation index, FlowState state)
    {
        Known? position = Visit(index, state);
        if (findings is not null)
        {
            IndexCheck.Element(memory, index, position, findings);
        }

        return null;
    }

    public override Known? VisitFieldReference(IFieldReferenceOperation reference, FlowState state)
    {
        Known? of = Visit(reference.Instance, state);
        IFieldSymbol field = reference.Field;
        if (DeclaredShape.Of(field) is { } declared)
        {
            return declared.ToKnown(new Origin(Name(field), field.Locations[0]));
        }

        // The two parts of a data set that was split hold samples of the same shape.
        return of?.Kind == KnownKind.Dataset && Datasets.IsSource(field.Type) ? of : null;
    }

    public override Known? VisitPropertyReference(IPropertyReferenceOperation property, FlowState state)
    {
        Known? instance = Visit(property.Instance, state);
        if (findings is not null)
        {
            CallCheck.Run(property, instance, context, findings);
        }

        if (DeclaredShape.Of(property.Property) is { } declared)
        {
            Known known = declared.ToKnown(new Origin(Name(property.Property), property.Syntax.GetLocation()));
            return Models.GivesView(property.Property) ? known with { Owner = OwnerOf(property.Instance) } : known;
        }

        if (property.Arguments is [{ Parameter.Type.SpecialType: SpecialType.System_Int32, Value: var index }]
            && instance is { Kind: KnownKind.Memory })
        {
            return VisitElement(instance, index, state);
        }

        foreach (IArgumentOperation argument in property.Arguments)
        {
            Visit(argument.Value, state);
        }

        return (instance?.Kind, property.Property.Name) switch
        {
            (KnownKind.Memory, "Length") when instance!.Count is { } count => Known.Number(count),
            (KnownKind.Memory, "Span") => instance,
            (KnownKind.Shape, "Count") => Known.Number((int)instance!.SampleSize),
            (KnownKind.Trainer, "Model") => Models.Copy(KnownKind.Model, instance),
            (KnownKind.Dataset, "SampleShape") when !instance!.Dimensions.IsEmpty => Known.Shape(instance!.Dimensions),
            _ => null,
        };
    }

    public override Known? VisitConversion(IConversionOperation conversion, FlowState state)
    {
        Known? operand = Visit(conversion.Operand, state);
        if (Memories.IsOurs(conversion.Type, "Targets") && conversion.OperatorMethod is not null)
        {
            return Models.TargetsOf(conversion, operand);
        }

        return operand?.Kind switch
        {
            KnownKind.Number => IsInt(conversion.Type) ? operand : null,
            KnownKind.Model or KnownKind.Targets or KnownKind.Dataset => conversion.OperatorMethod is null ? operand : null,
            KnownKind.Memory => Memories.IsMemory(conversion.Type) ? operand : null,
            _ => conversion.Conversion.IsIdentity ? operand : null,
        };
    }

    private static bool IsInt(ITypeSymbol? type) =>
        type?.SpecialType == SpecialType.System_Int32
        || type is INamedTypeSymbol
        {
            OriginalDefinition.SpecialType: SpecialType.System_Nullable_T,
            TypeArguments: [{ SpecialType: SpecialType.System_Int32 }],
        };

    public override Known? VisitSimpleAssignment(ISimpleAssignmentOperation assignment, FlowState state)
    {
        if (assignment.Target is not (ILocalReferenceOperation or IParameterReferenceOperation))
        {
            VisitChildren(assignment.Target, state);
        }

        Known? value = Visit(assignment.Value, state);
        bool isAlone = assignment.Parent is IExpressionStatementOperation or null;
        switch (assignment.Target)
        {
            case ILocalReferenceOperation local:
                // A reference writes to where it points to, which is not tracked either.
                Assign(state, local.Local, local.Local.IsRef ? null : value, isAlone);
                break;
            case IParameterReferenceOperation { Parameter: var parameter }:
                Assign(state, parameter, value, isAlone);
                break;
            case IFlowCaptureReferenceOperation:
                Forget(assignment.Target, state);
                break;
            case IFieldReferenceOperation { Field: var field } when DeclaredShape.Of(field) is { } declared:
                Check(value, declared, Name(field), assignment.Value.Syntax.GetLocation());
                break;
            case IPropertyReferenceOperation { Property: var property } when DeclaredShape.Of(property) is { } declared:
                Check(value, declared, Name(property), assignment.Value.Syntax.GetLocation());
                break;
            default:
                break;
        }

        return value is { Elements.IsEmpty: false } ? value with { Elements = [] } : value;
    }

    // Memory that has two names may be changed by either.
    private void Assign(FlowState state, ISymbol variable, Known? value, bool isAlone)
    {
        state.Update(variable, static known => known with { Owner = null });
        state[variable] = value is { Elements.IsEmpty: false } && (!isAlone || context.Body.MayChangeElements(variable))
            ? value with { Elements = [] }
            : value;
    }

    public override Known? VisitCompoundAssignment(ICompoundAssignmentOperation assignment, FlowState state) =>
        VisitUpdate(assignment, assignment.Target, state);

    public override Known? VisitIncrementOrDecrement(IIncrementOrDecrementOperation step, FlowState state) =>
        VisitUpdate(step, step.Target, state);

    private Known? VisitUpdate(IOperation operation, IOperation target, FlowState state)
    {
        VisitChildren(operation, state);
        Forget(target, state);
        return null;
    }

    public override Known? VisitDeconstructionAssignment(
        IDeconstructionAssignmentOperation deconstruction, FlowState state)
    {
        Known? value = Visit(deconstruction.Value, state);
        foreach (IOperation target in deconstruction.Target.DescendantsAndSelf())
        {
            if (target is ILocalReferenceOperation local)
            {
                bool isPart = value?.Kind == KnownKind.Dataset && Datasets.IsSource(local.Type);
                Assign(state, local.Local, isPart ? value : null, isAlone: true);
            }
            else
            {
                Forget(target, state);
            }
        }

        return null;
    }

    public override Known? VisitObjectCreation(IObjectCreationOperation creation, FlowState state)
    {
        Arguments arguments = VisitArguments(creation.Arguments, state);
        Visit(creation.Initializer, state);
        if (Memories.IsOurs(creation.Type, "Shape"))
        {
            return creation.Arguments is [{ Value: var dimensions }]
                ? Creations.Shape(dimensions, extent => Visit(extent, state))
                : null;
        }

        if (Memories.IsOurs(creation.Type, "Targets"))
        {
            return Models.TargetsOf(
                arguments["labels"], arguments["values"], !IsMissing("labels"), !IsMissing("values"));
        }

        if (Memories.IsOurs(creation.Type, "Trainer"))
        {
            return Models.Copy(KnownKind.Trainer, arguments["model"]);
        }

        return Memories.IsSpanOrMemory(creation.Type)
            && Memories.IsMemory(creation.Arguments.FirstOrDefault()?.Value.Type)
            ? Slices.Of(arguments.Values)
            : null;

        bool IsMissing(string parameter) => creation.Arguments.All(argument => argument.Parameter?.Name != parameter);
    }

    public override Known? VisitInvocation(IInvocationOperation invocation, FlowState state)
    {
        Known? instance = Visit(invocation.Instance, state);
        Arguments arguments = VisitArguments(invocation.Arguments, state);
        IMethodSymbol target = invocation.TargetMethod;
        if (findings is not null)
        {
            CallCheck.Run(invocation, instance, arguments, context, findings);
            KnownMethods.Check(invocation, instance, arguments, findings);
        }

        ISymbol? owner = Models.Overwrites(target) ? OwnerOf(invocation.Instance) : null;
        if (owner is not null)
        {
            state.Update(owner, static known => known with { IsStale = true });
        }

        if (DeclaredShape.OfResult(target) is { } declared)
        {
            var origin = new Origin(Name(target), invocation.Syntax.GetLocation());
            Known known = declared.IsBatch ? Results.Of(declared, arguments, origin) : declared.ToKnown(origin);
            return Models.GivesView(target) ? known with { Owner = owner } : known;
        }

        return KnownMethods.Evaluate(invocation, instance, arguments, Origin.Of(invocation));
    }

    // The variable that holds a model: a name by which later calls of the same model can be told.
    private ISymbol? OwnerOf(IOperation? instance)
    {
        if (instance is IFieldReferenceOperation
            { Field: { IsReadOnly: true } field, Instance: null or IInstanceReferenceOperation })
        {
            return field;
        }

        ISymbol[] variables = instance is null ? [] : [.. context.Body.Variables(instance, context.Graph)];
        return variables is [var variable] && context.Body.IsTracked(variable)
            && (variable is not IParameterSymbol parameter || context.Body.Owns(parameter))
                ? variable
                : null;
    }

    private Arguments VisitArguments(ImmutableArray<IArgumentOperation> arguments, FlowState state)
    {
        var values = new List<(IArgumentOperation, Known?)>(arguments.Length);
        foreach (IArgumentOperation argument in arguments)
        {
            Known? value = Visit(argument.Value, state);
            values.Add((argument, value));
            if (argument.Parameter is not { } parameter)
            {
                continue;
            }

            if (parameter.RefKind is RefKind.Ref or RefKind.Out)
            {
                Forget(argument.Value, state);
            }
            else if (DeclaredShape.Of(parameter) is { } declared)
            {
                string place = parameter.ContainingSymbol is IMethodSymbol called ? Name(called) : parameter.Name;
                Check(value, declared, place, argument.Value.Syntax.GetLocation());
            }
        }

        return new Arguments(values);
    }

    private void Forget(IOperation target, FlowState state)
    {
        foreach (ISymbol variable in context.Body.Variables(target, context.Graph))
        {
            Assign(state, variable, null, isAlone: true);
        }
    }

    private void Check(Known? value, DeclaredShape declared, string place, Location location)
    {
        if (findings is not null && ShapeCheck.Compare(value, declared, place, location) is { } diagnostic)
        {
            findings.Add(diagnostic);
        }
    }

    private static string Name(ISymbol symbol) =>
        symbol.ContainingType is { } type ? $"{type.Name}.{symbol.Name}" : symbol.Name;
}
