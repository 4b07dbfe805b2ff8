using Microsoft.CodeAnalysis.Operations;

namespace ModelDsl.Generator.Parsing.Methods;

/// <summary>Follows the statements of a method: what they assign, and what the method returns.</summary>
/// <param name="expressions">Reads the expressions.</param>
/// <param name="scope">The variables of the method.</param>
internal sealed class BodyReader(ExpressionReader expressions, Scope scope)
{
    /// <summary>How a statement ends.</summary>
    private enum Flow
    {
        Next,
        Break,
        Continue,
        Return,
    }

    /// <summary>What the method returns; null where it does not get that far.</summary>
    public MethodValue? Result { get; private set; }

    /// <summary>Reads a method.</summary>
    public void Read(IEnumerable<IOperation> statements)
    {
        if (Follow(statements) == Flow.Next)
        {
            Result = null;
        }
    }

    private Flow Follow(IEnumerable<IOperation> statements)
    {
        foreach (IOperation statement in statements)
        {
            Flow flow = Follow(statement);
            if (flow != Flow.Next)
            {
                return flow;
            }
        }

        return Flow.Next;
    }

    private Flow Follow(IOperation statement)
    {
        if (!expressions.Step())
        {
            Result = MethodValue.Unknown;
            return Flow.Return;
        }

        switch (statement)
        {
            case IBlockOperation block:
                return Follow(block.Operations);
            case IVariableDeclarationGroupOperation group:
                foreach (IVariableDeclaratorOperation variable in
                    group.Declarations.SelectMany(declaration => declaration.Declarators))
                {
                    if (variable.GetVariableInitializer() is { } initializer)
                    {
                        expressions.Assign(variable.Symbol, expressions.Read(initializer.Value));
                    }
                }

                return Flow.Next;
            case IExpressionStatementOperation expression:
                expressions.Read(expression.Operation);
                return Flow.Next;
            case IReturnOperation { ReturnedValue: { } value }:
                Result = expressions.Read(value);
                return Flow.Return;
            case IConditionalOperation branch:
                return FollowBranch(branch);
            case IForLoopOperation loop:
                return FollowLoop(loop.Before, loop.Condition, loop.Body, loop.AtLoopBottom);
            case IWhileLoopOperation { ConditionIsTop: true } loop:
                return FollowLoop([], loop.Condition, loop.Body, []);
            case IForEachLoopOperation loop:
                return FollowEach(loop);
            case IBranchOperation { BranchKind: BranchKind.Break }:
                return Flow.Break;
            case IBranchOperation { BranchKind: BranchKind.Continue }:
                return Flow.Continue;
            case IEmptyOperation or ILocalFunctionOperation or IInvalidOperation:
                return Flow.Next;
            default:
                expressions.Refuse(
                    statement.Syntax,
                    "a forward pass is made of declarations, assignments, loops and branches with constant conditions, "
                        + "and a return");
                Result = MethodValue.Unknown;
                return Flow.Return;
        }
    }

    private Flow FollowBranch(IConditionalOperation branch) => expressions.Truth(branch.Condition) switch
    {
        true => Follow(branch.WhenTrue),
        false => branch.WhenFalse is { } otherwise ? Follow(otherwise) : Flow.Next,
        _ => Flow.Next,
    };

    private Flow FollowLoop(
        IEnumerable<IOperation> before, IOperation? condition, IOperation body, IEnumerable<IOperation> after)
    {
        Flow flow = Follow(before);
        while (flow == Flow.Next && condition is not null && expressions.Truth(condition) == true)
        {
            flow = Follow(body);
            if (flow is Flow.Break or Flow.Return)
            {
                break;
            }

            flow = Follow(after);
        }

        return flow == Flow.Return ? flow : Flow.Next;
    }

    private Flow FollowEach(IForEachLoopOperation loop)
    {
        if (expressions.Read(loop.Collection) is not ListValue list)
        {
            expressions.Refuse(loop.Collection.Syntax, "foreach goes over arrays, tuples and the parts of a tensor");
            return Flow.Next;
        }

        foreach (MethodValue element in list.Elements)
        {
            if (loop.LoopControlVariable is IVariableDeclaratorOperation { Symbol: { } variable })
            {
                scope.Set(variable, element);
            }
            else
            {
                expressions.AssignTo(loop.LoopControlVariable, element);
            }

            Flow flow = Follow(loop.Body);
            if (flow is Flow.Break or Flow.Return)
            {
                return flow == Flow.Return ? flow : Flow.Next;
            }
        }

        return Flow.Next;
    }
}
